/** A text to start from. The households make it theirs: nothing in it binds before they have voted. */
export interface Template {
	/** Put behind the place's name: 「示例胡同1号」垃圾分类公约. */
	readonly title: string;
	readonly preamble: string;
	readonly clauses: readonly TemplateClause[];
}

export interface TemplateClause {
	readonly heading: string;
	readonly text: string;
}
