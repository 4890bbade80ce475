import { createHash } from 'node:crypto';

/**
 * A Content-Security-Policy (CSP Level 3) that lets in what the shell itself brings and what comes from this
 * server, and nothing else: the inline scripts of `html` by their hashes, no other inline code.
 */
export function contentSecurityPolicy(html: string): string {
	const scripts = hashesOf(html, 'script');
	const styles = hashesOf(html, 'style');
	const directives: Readonly<Record<string, readonly string[]>> = {
		'default-src': ["'none'"],
		'script-src': ["'self'", ...scripts],
		'style-src': ["'self'", ...styles],
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

/** `'sha256-…'` of the content of each element of that name without `src`, exactly as it stands. */
function hashesOf(html: string, element: 'script' | 'style'): readonly string[] {
	const pattern = new RegExp(`<${element}(?![^>]*\\ssrc=)[^>]*>([\\s\\S]*?)</${element}>`, 'gi');
	return [...html.matchAll(pattern)].map(
		([, content = '']) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`
	);
}
