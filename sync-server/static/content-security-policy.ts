import { createHash } from 'node:crypto';

import type { BuildFiles } from './build-files.ts';

/**
 * A Content-Security-Policy (CSP Level 3) that lets in what the built app itself brings and what comes from this
 * server, and nothing else. Inline code is known by its hash: the shell's start script, and the style attributes
 * in the app's templates, which a browser counts as inline too (SvelteKit's announcer has one).
 */
export function contentSecurityPolicy(files: BuildFiles): string {
	const html = files.get('/index.html')?.plain.toString() ?? '';
	const scripts = hashesOf(elementsIn(html, 'script'));
	const styles = hashesOf(elementsIn(html, 'style'));
	const styleAttributes = hashesOf(styleAttributesIn(files));
	const directives: Readonly<Record<string, readonly string[]>> = {
		'default-src': ["'none'"],
		'script-src': ["'self'", ...scripts],
		'style-src': ["'self'", ...styles],
		'style-src-attr': styleAttributes.length ? ["'unsafe-hashes'", ...styleAttributes] : ["'none'"],
		'img-src': ["'self'", 'blob:', 'data:'],
		'font-src': ["'self'"],
		'media-src': ["'self'", 'blob:'],
		'connect-src': ["'self'"],
		'worker-src': ["'self'"],
		'manifest-src': ["'self'"],
		'form-action': ["'self'"],
		'base-uri': ["'none'"],
		'frame-ancestors': ["'none'"]
	};
	return Object.entries(directives)
		.map(([name, sources]) => [name, ...sources].join(' '))
		.join('; ');
}

/** What stands in each element of that name without `src`, exactly as it is. */
function elementsIn(html: string, element: 'script' | 'style'): readonly string[] {
	const pattern = new RegExp(`<${element}(?![^>]*\\ssrc=)[^>]*>([\\s\\S]*?)</${element}>`, 'gi');
	return [...html.matchAll(pattern)].map(([, content = '']) => content);
}

/** Templates stand in the scripts as HTML. */
function styleAttributesIn(files: BuildFiles): readonly string[] {
	const found = [...files].flatMap(([path, { plain }]) =>
		path.endsWith('.js') ? [...plain.toString().matchAll(/<[a-z][^<>]*\sstyle="([^"<>]*)"/g)] : []
	);
	return [...new Set(found.map(([, style = '']) => style))].sort();
}

function hashesOf(contents: readonly string[]): readonly string[] {
	return contents.map((content) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`);
}
