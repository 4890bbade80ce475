const width = 480;
const height = 300;
const inside = { left: 76, right: 150, top: 34, bottom: 34 };
const marks = ['circle', 'square', 'diamond', 'cross', 'triangle', 'bar'];
const colours = ['#b5382e', '#3a5a78', '#4d7a4a', '#8a6d1d', '#6b4d86', '#555'];

/** @typedef {{ title: string, lines: readonly import('./bench-growth.mjs').Line[] }} Chart */

/**
 * Charts two in a row as one SVG: milliseconds over check-ins held, both on logarithmic scales. Lines are told apart
 * by their names, written at their ends, and their marks.
 * @param {readonly Chart[]} charts
 */
export function plot(charts) {
	const rows = Math.ceil(charts.length / 2);
	const drawn = charts.map((chart, index) => {
		const at = `translate(${(index % 2) * width} ${Math.floor(index / 2) * height})`;
		return `<g transform="${at}">${one(chart)}</g>`;
	});
	const size = `width="${2 * width}" height="${rows * height}" viewBox="0 0 ${2 * width} ${rows * height}"`;
	return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="11">
<rect width="100%" height="100%" fill="#fff"/>
${drawn.join('\n')}
</svg>
`;
}

/** @param {Chart} chart */
function one({ title, lines }) {
	const all = lines.flatMap(({ points }) => points);
	const x = scale(
		all.map(({ held }) => held),
		inside.left,
		width - inside.right
	);
	const y = scale(
		all.map(({ ms }) => ms),
		height - inside.bottom,
		inside.top
	);
	const grid = [
		...x.ticks.map((tick) => text(x.of(tick), height - 14, tick.toLocaleString('en'), 'middle')),
		...y.ticks.map(
			(tick) =>
				`<path d="M${inside.left} ${y.of(tick)}H${width - inside.right}" stroke="#ddd"/>` +
				text(inside.left - 6, y.of(tick) + 4, `${tick.toLocaleString('en')} ms`, 'end')
		)
	];
	const ends = spread(lines.map(({ points }) => y.of(points.at(-1)?.ms ?? 1)));
	const drawn = lines.map(({ name, points }, index) => {
		const colour = colours[index % colours.length];
		const path = points.map(({ held, ms }) => `${x.of(held)} ${y.of(ms)}`).join('L');
		const dots = points.map(({ held, ms }) => mark(index, x.of(held), y.of(ms)));
		const label = text(width - inside.right + 12, (ends[index] ?? 0) + 4, name, 'start', colour);
		return `<path d="M${path}" fill="none" stroke="${colour}" stroke-width="1.5"/><g fill="${colour}">${dots.join('')}</g>${label}`;
	});
	return [text(inside.left, 18, title, 'start', '#111', 14), ...grid, ...drawn].join('\n');
}

/**
 * A logarithmic scale whose ticks are powers of ten and the values' own ends.
 * @param {readonly number[]} values
 * @param {number} from
 * @param {number} to
 */
function scale(values, from, to) {
	const least = Math.floor(Math.log10(Math.max(0.1, Math.min(...values))));
	const most = Math.max(least + 1, Math.ceil(Math.log10(Math.max(...values))));
	const ticks = Array.from({ length: most - least + 1 }, (_, index) => 10 ** (least + index));
	const of = (/** @type {number} */ value) =>
		Math.round((from + ((Math.log10(value) - least) / (most - least)) * (to - from)) * 10) / 10;
	return { ticks, of };
}

/**
 * Heights of labels that do not lie on each other.
 * @param {readonly number[]} wanted
 */
function spread(wanted) {
	const apart = 13;
	const order = wanted.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at);
	let last = -Infinity;
	/** @type {number[]} */
	const placed = [];
	for (const { at, index } of order) {
		last = Math.max(at, last + apart);
		placed[index] = last;
	}
	return placed;
}

/**
 * @param {number} index
 * @param {number} x
 * @param {number} y
 */
function mark(index, x, y) {
	const shapes = {
		circle: `<circle cx="${x}" cy="${y}" r="3.5"/>`,
		square: `<path d="M${x - 3} ${y - 3}h6v6h-6z"/>`,
		diamond: `<path d="M${x} ${y - 4.5}l4.5 4.5l-4.5 4.5l-4.5-4.5z"/>`,
		cross: `<path d="M${x - 4} ${y - 1}h8v2h-8zM${x - 1} ${y - 4}h2v8h-2z"/>`,
		triangle: `<path d="M${x} ${y - 4}l4 7h-8z"/>`,
		bar: `<path d="M${x - 1.5} ${y - 5}h3v10h-3z"/>`
	};
	return Object.entries(shapes).find(([name]) => name === marks[index % marks.length])?.[1] ?? '';
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} words
 * @param {'start' | 'middle' | 'end'} anchor
 * @param {string} [colour]
 * @param {number} [size]
 */
function text(x, y, words, anchor, colour = '#333', size = 11) {
	const escaped = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
	return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${colour}" font-size="${size}">${escaped}</text>`;
}
