/**
 * Reading and writing presence documents, PIDF (RFC 3863, 4479, 4480) and JSON, and nothing else: no rules, no storage.
 */
@NullMarked
package io.rollcall.document;

import org.jspecify.annotations.NullMarked;
