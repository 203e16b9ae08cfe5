package io.rollcall.document;

/** What stands inside an {@link Element}. */
sealed interface Node permits Element, Element.Text {}
