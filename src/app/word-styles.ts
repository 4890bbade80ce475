import { AlignmentType, LineRuleType, type IParagraphStyleOptions, type IStylesOptions } from 'docx';

/** The fonts of Chinese official papers, by the names that Word and WPS know them by. */
const song = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia: '宋体' };
const fangSong = { ...song, eastAsia: '仿宋' };
const hei = { ...song, eastAsia: '黑体' };

/** In half points: 二号, 三号, 四号, 小四. */
const size = { second: 44, third: 32, fourth: 28, small: 24 } as const;
/** In 240ths of a line. */
const line = { line: 320, lineRule: LineRuleType.AUTO } as const;
const close = { line: 270, lineRule: LineRuleType.AUTO } as const;

/**
 * Mark, Title, Subtitle, Heading1, Heading2; Text and Clause for what is read; Small; Cell and CellHead in tables. Known to
 * Word as its own styles, so that an office changes them in one place.
 */
export function wordStyles(locale: string): IStylesOptions {
	// Chinese paragraphs begin two characters in.
	const indent = locale === 'zh-CN' ? { firstLine: 2 * 10 * size.fourth } : {};
	return {
		default: {
			document: {
				run: { font: fangSong, size: size.fourth, language: { value: 'en-GB', eastAsia: 'zh-CN' } },
				paragraph: { spacing: line }
			},
			title: {
				run: { font: song, size: size.second, bold: true },
				paragraph: { alignment: AlignmentType.CENTER, spacing: { before: 120, after: 120 }, keepNext: true }
			},
			heading1: {
				run: { font: hei, size: size.third },
				paragraph: { spacing: { before: 120, after: 120 }, keepNext: true }
			},
			heading2: {
				run: { font: hei, size: size.fourth },
				paragraph: { spacing: { ...line, before: 160 }, keepNext: true, keepLines: true }
			}
		},
		paragraphStyles: [
			style('Mark', {
				run: { font: hei, size: size.fourth },
				paragraph: { alignment: AlignmentType.CENTER, spacing: { ...close, after: 120 } }
			}),
			style('Subtitle', {
				run: { size: size.small },
				paragraph: { alignment: AlignmentType.CENTER, spacing: { ...close, after: 60 } }
			}),
			style('Text', { paragraph: { spacing: line, indent } }),
			style('Clause', { paragraph: { spacing: { ...line, before: 160 } } }),
			style('Small', {
				run: { size: size.small },
				paragraph: { spacing: { ...close, before: 40, after: 40 } }
			}),
			style('Cell', { run: { size: size.small }, paragraph: { spacing: close } }),
			style('CellHead', {
				run: { font: hei, size: size.small },
				paragraph: { alignment: AlignmentType.CENTER, spacing: close }
			})
		]
	};
}

function style(id: string, look: Pick<IParagraphStyleOptions, 'run' | 'paragraph'>): IParagraphStyleOptions {
	return { id, name: id, basedOn: 'Normal', quickFormat: true, ...look };
}
