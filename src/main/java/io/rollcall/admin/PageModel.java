package io.rollcall.admin;

import java.util.List;
import java.util.Map;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;

/** The rows of a table, of which only the page that is shown is read. */
abstract class PageModel<T> extends LazyDataModel<T> {
    private static final long serialVersionUID = 1L;
    /** How large a page is, the browser says. */
    private static final int MOST = 100;

    /** How many rows there are. */
    abstract int count();

    /** Some of them. */
    abstract List<T> load(int first, int limit, Map<String, SortMeta> sortBy);

    @Override
    public int count(Map<String, FilterMeta> filterBy) {
        return count();
    }

    @Override
    public List<T> load(int first, int pageSize, Map<String, SortMeta> sortBy, Map<String, FilterMeta> filterBy) {
        return load(first, Math.min(pageSize, MOST), sortBy);
    }
}
