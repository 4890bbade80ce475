import type { SavingTrouble } from '#app/saving-trouble.ts';

/** What keeps a check-in from being saved: besides the usual, a weight that is no number. */
export type Trouble = 'weight' | SavingTrouble;
