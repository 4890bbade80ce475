/** Times the processor of a phone is slowed down while it is measured. */
export const slowdown = 4;
