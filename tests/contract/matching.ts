import { expect } from 'vitest';

/* Vitest's asymmetric matchers are of type any, which no checked code should take in. */

export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
export const inAnyOrder = (items: readonly unknown[]): unknown => expect.arrayContaining([...items]);
export const containing = (members: object): unknown => expect.objectContaining(members);
export const aNumber = (): unknown => expect.any(Number);
