/** What the container does when there is nothing to do: the floor that each figure is compared with. */
package io.rollcall.bench.floor;
