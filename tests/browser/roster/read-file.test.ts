import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readRosterFile } from '#roster/read-file.ts';

const header = ['社区', '网格', '院落', '户号', '户主'];
const rows = Array.from({ length: 6000 }, (_, index) => [
	'草厂社区',
	'3',
	'草厂三条12号',
	String(index),
	'示例户'
]);

/** A workbook as other programs than ours write it: texts in place, parts compressed. */
function workbook(cells: readonly (readonly string[])[]): Uint8Array {
	const office = 'http://schemas.openxmlformats.org';
	const sheet = cells
		.map((row, index) => {
			const inline = row.map((text, column) => {
				const at = `${String.fromCodePoint(65 + column)}${index + 1}`;
				return `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
			});
			return `<row r="${index + 1}">${inline.join('')}</row>`;
		})
		.join('');
	return zipSync({
		'xl/workbook.xml': strToU8(
			`<workbook xmlns="${office}/spreadsheetml/2006/main" xmlns:r="${office}/officeDocument/2006/relationships">` +
				'<sheets><sheet name="花名册" sheetId="1" r:id="rId1"/></sheets></workbook>'
		),
		'xl/_rels/workbook.xml.rels': strToU8(
			`<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="rId1" ` +
				`Type="${office}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
		),
		'xl/worksheets/sheet1.xml': strToU8(
			`<worksheet xmlns="${office}/spreadsheetml/2006/main"><sheetData>${sheet}</sheetData></worksheet>`
		)
	});
}

describe('In a browser', () => {
	it('a large workbook is read where the policy of the page allows no other workers than its own', async () => {
		const policy = document.createElement('meta');
		policy.httpEquiv = 'Content-Security-Policy';
		policy.content = "worker-src 'self'";
		document.head.append(policy);
		const read = await readRosterFile(workbook([header, ...rows]));
		expect(read.ok && read.roster.rows.length).toBe(6000);
	});

	it('a GB18030 file is read', async () => {
		// 社区,网格,院落,户号 and 草厂,3,甲,1
		const bytes = Uint8Array.of(
			...[0xc9, 0xe7, 0xc7, 0xf8, 0x2c, 0xcd, 0xf8, 0xb8, 0xf1, 0x2c, 0xd4, 0xba, 0xc2, 0xe4, 0x2c],
			...[0xbb, 0xa7, 0xba, 0xc5, 0x0a, 0xb2, 0xdd, 0xb3, 0xa7, 0x2c, 0x33, 0x2c, 0xbc, 0xd7, 0x2c, 0x31]
		);
		const read = await readRosterFile(bytes);
		expect(read.ok && read.roster.rows.map(({ community, courtyard }) => [community, courtyard])).toEqual([
			['草厂', '甲']
		]);
	});
});
