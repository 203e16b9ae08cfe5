/**
 * People: who there is, which groups they belong to, who is calling, and which account a sign-in name stands for. They are
 * read from a directory over LDAP (RFC 4510).
 */
@NullMarked
package io.rollcall.directory;

import org.jspecify.annotations.NullMarked;
