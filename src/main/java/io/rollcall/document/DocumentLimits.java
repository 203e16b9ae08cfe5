package io.rollcall.document;

/**
 * How large a published document may be; whatever is over a limit is refused with {@link InvalidDocument}.
 *
 * @param maxBytes of the whole body
 * @param maxDepth of nested elements, the root being the first
 * @param maxElements in the whole document
 * @param maxAttributes on one element, namespace declarations not counted
 * @param maxValueLength characters of one attribute, URI or label
 * @param maxNotes on one tuple, person or device, and directly under the root
 * @param maxNoteLength characters of one note
 * @param maxExtensions elements of other namespaces that the publication keeps, those inside them not counted
 */
public record DocumentLimits(
        int maxBytes,
        int maxDepth,
        int maxElements,
        int maxAttributes,
        int maxValueLength,
        int maxNotes,
        int maxNoteLength,
        int maxExtensions) {

    /** Room for every presence document met in practice; a rich one with capabilities takes about 4 KiB. */
    public static final DocumentLimits DEFAULT = new DocumentLimits(65_536, 24, 1_000, 32, 2_048, 16, 2_000, 64);

    /** A character is written as six at most. */
    private static final int LONGEST_ESCAPE = 6;

    /** The same for what was within these limits when it was read, and has been written since. */
    DocumentLimits forStored() {
        return new DocumentLimits(
                maxBytes * LONGEST_ESCAPE, maxDepth, maxElements, maxAttributes, maxValueLength, maxNotes, maxNoteLength, maxExtensions);
    }
}
