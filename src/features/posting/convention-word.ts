import { LevelFormat, type FileChild, type Paragraph } from 'docx';
import { encode } from 'uqr';
import { enlarged } from '#app/bitmap-png.ts';
import { signatureBitmap } from '#app/signature-bitmap.ts';
import { paragraph, picture, table, wordBytes } from '#app/word-file.ts';
import type { Signature } from '#kinds/signature.ts';
import { m } from '#paraglide/messages.js';
import type { ConventionPaper } from '#read-models/convention-paper.ts';
import { paperWords, type PaperClauseWords, type PaperWords } from './paper-words.ts';

export interface ConventionWord {
	readonly paper: ConventionPaper;
	readonly locale: string;
	/** Of the convention's page, in full. */
	readonly address: string;
}

/** The paper of a convention as a Word file: what is printed, to be kept, changed and sent by an office. */
export async function conventionWord({
	paper,
	locale,
	address
}: ConventionWord): Promise<Uint8Array<ArrayBuffer>> {
	const words = paperWords(paper, locale);
	return wordBytes({
		title: words.title,
		locale,
		parts: [noticePart(words, address), ...(paper.signers.length > 0 ? [signersPart(words, paper)] : [])],
		footer: `${words.title} · ${m.posting_paper_page({ page: '{page}', pages: '{pages}' })}`,
		numbered: {
			text: m.clause_number({ number: '%1' }),
			format: locale === 'zh-CN' ? LevelFormat.CHINESE_COUNTING_THOUSAND : LevelFormat.DECIMAL
		}
	});
}

function noticePart(words: PaperWords, address: string): readonly FileChild[] {
	const { host, pathname } = new URL(address);
	return [
		paragraph('Mark', `【${words.mark}】`),
		paragraph('Title', words.title),
		paragraph('Subtitle', words.place),
		paragraph('Subtitle', words.standing),
		...words.preamble.map((line) => paragraph('Text', line)),
		...words.clauses.flatMap(clauseParagraphs),
		...(words.clauses.length === 0 ? [paragraph('Text', m.posting_paper_no_clauses())] : []),
		paragraph('Small', ''),
		table({
			columns: [2, 1],
			lines: false,
			rows: [
				[
					words.facts.map(({ label, text }) => paragraph('Small', text, { strong: `${label}  ` })),
					[
						picture(enlarged(encode(address, { ecc: 'M', border: 2 }).data, 8), 34, address),
						paragraph('Cell', m.posting_paper_scan()),
						// As on the print: without what every address begins with it takes a line less.
						paragraph('Cell', `${host}${pathname}`)
					]
				]
			]
		})
	];
}

/** The number is Word's own, on the heading or, without one, on the text itself. */
function clauseParagraphs({ heading, paragraphs, credits }: PaperClauseWords): readonly Paragraph[] {
	const [first = '', ...more] = paragraphs;
	const opening =
		heading === undefined
			? [paragraph('Clause', first, { numbered: true })]
			: [paragraph('Heading2', heading, { numbered: true }), paragraph('Text', first)];
	return [
		...opening,
		...more.map((line) => paragraph('Text', line)),
		...(credits === undefined ? [] : [paragraph('Small', credits)])
	];
}

/** One household a row; two beside each other where there are many. */
function signersPart(words: PaperWords, { signers, choices }: ConventionPaper): readonly FileChild[] {
	const beside = signers.length > 16 ? 2 : 1;
	const head = [
		m.posting_paper_door(),
		choices ? m.posting_paper_choice() : m.posting_paper_vote_days(),
		m.posting_paper_signature()
	];
	const cells = words.signers.map(({ door, choice }, index) => [
		[paragraph('Cell', door)],
		choiceLines(choice, beside).map((line) => paragraph('Cell', line)),
		signatureCell(door, signers[index]?.signature)
	]);
	const rows = Array.from({ length: Math.ceil(cells.length / beside) }, (_, row) =>
		Array.from({ length: beside }, (_unused, column) => cells[row * beside + column] ?? [[], [], []]).flat()
	);
	return [
		paragraph('Heading1', m.posting_paper_signers()),
		paragraph('Small', `${words.title} · ${words.standing}`),
		...(choices ? [paragraph('Small', m.posting_paper_archive())] : []),
		paragraph('Small', m.posting_paper_signers_count({ count: signers.length })),
		table({
			columns: Array.from({ length: beside }, () => (beside === 1 ? [2, 4, 4] : [3, 4, 5])).flat(),
			head: Array.from({ length: beside }, () => head).flat(),
			rows,
			rowHeight: 640,
			lines: true
		})
	];
}

/** Where the column has room, the boxes stand in one line. */
function choiceLines(choice: readonly string[], beside: number): readonly string[] {
	return beside === 1 ? [choice.join('\u2002')] : choice;
}

function signatureCell(door: string, signature: Signature | undefined): readonly Paragraph[] {
	if (!signature) return [];
	return [picture(signatureBitmap(signature), 34, m.posting_paper_signature_of({ door }), 11)];
}
