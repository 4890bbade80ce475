/** The bins' colours; `plain` for everything that is not a bin. */
export type Tone = 'plain' | 'green' | 'blue' | 'red' | 'grey';

export interface Option<Value extends string> {
	readonly value: Value;
	readonly label: string;
	readonly hint?: string;
	readonly tone?: Tone;
}
