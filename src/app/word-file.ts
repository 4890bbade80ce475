import {
	AlignmentType,
	Document,
	Footer,
	HeightRule,
	ImageRun,
	Packer,
	PageNumber,
	Paragraph,
	Table,
	TableCell,
	TableLayoutType,
	TableRow,
	TextRun,
	VerticalAlignTable,
	WidthType,
	type FileChild,
	type ILevelsOptions
} from 'docx';
import { pngOf, type Bitmap } from './bitmap-png.ts';
import type { JpegPhoto } from './photo-jpeg.ts';
import type { Size } from './photo-size.ts';
import { wordStyles } from './word-styles.ts';

/** Twentieths of a point. */
const a4 = { width: 11906, height: 16838 } as const;
const margin = 1440;
/** What is between the margins. */
const textWidth = a4.width - 2 * margin;

export interface WordFile {
	readonly title: string;
	readonly locale: string;
	/** Each begins on a new page. */
	readonly parts: readonly (readonly FileChild[])[];
	/** `{page}` and `{pages}` stand for the numbers. */
	readonly footer: string;
	/** `%1` stands for the number: `第%1条`. */
	readonly numbered: Required<Pick<ILevelsOptions, 'text' | 'format'>>;
}

const numbering = { reference: 'clauses', level: 0 } as const;

/** A file that Word, WPS and LibreOffice open: A4, with styles, numbers and page numbers that they know as such. */
export async function wordBytes({
	title,
	locale,
	parts,
	footer,
	numbered
}: WordFile): Promise<Uint8Array<ArrayBuffer>> {
	const page = { size: a4, margin: { top: margin, right: margin, bottom: margin, left: margin } };
	const document = new Document({
		title: plain(title),
		creator: '',
		lastModifiedBy: '',
		styles: wordStyles(locale),
		numbering: {
			config: [
				{
					reference: numbering.reference,
					levels: [
						{
							...{ level: 0, ...numbered },
							...{ alignment: AlignmentType.LEFT, suffix: 'space' },
							style: { paragraph: { indent: { left: 0, hanging: 0 } } }
						}
					]
				}
			]
		},
		sections: parts.map((children) => ({
			properties: { page },
			footers: { default: new Footer({ children: [footerLine(footer)] }) },
			children
		}))
	});
	return new Uint8Array(await Packer.toArrayBuffer(document));
}

interface ParagraphLook {
	readonly numbered?: boolean;
	readonly strong?: string;
	readonly keepNext?: boolean;
}

/**
 * A paragraph in one of the styles of `wordStyles`. `numbered`: counted among the clauses. `keepNext`: no page ends
 * between it and what follows.
 */
export function paragraph(
	style: string,
	text: string,
	{ numbered = false, strong, keepNext = false }: ParagraphLook = {}
): Paragraph {
	return new Paragraph({
		style,
		// Where it is absent the style decides: a heading's keeps with what follows.
		...(keepNext && { keepNext }),
		...(numbered && { numbering }),
		children: [
			...(strong === undefined ? [] : [new TextRun({ text: plain(strong), bold: true })]),
			new TextRun(plain(text))
		]
	});
}

/** @param millimetres how wide it stands on the paper. @param words read out in its place. */
export function picture(bitmap: Bitmap, millimetres: number, words: string, most = millimetres): Paragraph {
	const size = { width: bitmap[0]?.length ?? 1, height: bitmap.length };
	return imageParagraph({ type: 'png', data: pngOf(bitmap), ...size }, words, [millimetres, most]);
}

/** @param most width and height on the paper at most, in millimetres. @param words read out in its place. */
export function photoPicture(
	{ bytes, ...size }: JpegPhoto,
	most: readonly [width: number, height: number],
	words: string
): Paragraph {
	return imageParagraph({ type: 'jpg', data: bytes, ...size }, words, most);
}

interface Image extends Size {
	readonly type: 'png' | 'jpg';
	readonly data: Uint8Array<ArrayBuffer>;
}

function imageParagraph(
	{ type, data, width, height }: Image,
	words: string,
	[most, highest]: readonly [width: number, height: number]
): Paragraph {
	const fit = Math.min(most / width, highest / height);
	// In pixels of which an inch, 25.4 mm, has 96.
	const transformation = { width: (width * fit * 96) / 25.4, height: (height * fit * 96) / 25.4 };
	return new Paragraph({
		style: 'Cell',
		children: [
			new ImageRun({
				...{ type, data, transformation },
				altText: { name: plain(words), description: plain(words) }
			})
		]
	});
}

export interface WordTable {
	/** Shares of the width. */
	readonly columns: readonly number[];
	/** Repeated on each page. */
	readonly head?: readonly string[];
	readonly rows: readonly (readonly (readonly Paragraph[])[])[];
	/** Of a row at least, in twentieths of a point. */
	readonly rowHeight?: number;
	readonly lines: boolean;
}

/** A table as wide as the text, whose rows are not torn by the end of a page. */
export function table({ columns, head, rows, rowHeight = 0, lines }: WordTable): Table {
	const whole = columns.reduce((sum, share) => sum + share, 0);
	const widths = columns.map((share) => Math.floor((share * textWidth) / whole));
	const border = { style: 'none', size: 0 } as const;
	const none = { top: border, bottom: border, left: border, right: border };
	const cells = (row: readonly (readonly Paragraph[])[]) =>
		row.map(
			(children, index) =>
				new TableCell({
					children: children.length > 0 ? children : [paragraph('Cell', '')],
					width: { size: widths[index] ?? 0, type: WidthType.DXA },
					verticalAlign: lines ? VerticalAlignTable.CENTER : VerticalAlignTable.TOP,
					margins: { top: 40, bottom: 40, left: 80, right: 80 },
					...(!lines && { borders: none })
				})
		);
	return new Table({
		width: { size: textWidth, type: WidthType.DXA },
		columnWidths: widths,
		layout: TableLayoutType.FIXED,
		...(!lines && { borders: { ...none, insideHorizontal: border, insideVertical: border } }),
		rows: [
			...(head
				? [
						new TableRow({
							tableHeader: true,
							cantSplit: true,
							children: cells(head.map((word) => [paragraph('CellHead', word)]))
						})
					]
				: []),
			...rows.map(
				(row) =>
					new TableRow({
						cantSplit: true,
						height: { value: rowHeight, rule: HeightRule.ATLEAST },
						children: cells(row)
					})
			)
		]
	});
}

function footerLine(words: string): Paragraph {
	const parts = words.split(/(\{pages?\})/).map((part) => {
		if (part === '{page}') return PageNumber.CURRENT;
		return part === '{pages}' ? PageNumber.TOTAL_PAGES : plain(part);
	});
	return new Paragraph({
		style: 'Small',
		alignment: AlignmentType.CENTER,
		children: [new TextRun({ children: parts })]
	});
}

/** Without the characters that XML 1.0 has no place for (Char, section 2.2), with which no reader opens the file. */
function plain(text: string): string {
	return text.replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '');
}
