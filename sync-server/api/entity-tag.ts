/**
 * Whether the client has what `etag` names: its If-None-Match says so (RFC 9110 section 13.1.2). Compression on
 * the way makes a tag weak, which does not matter to this comparison.
 */
export function hasSame(request: Request, etag: string): boolean {
	const tags = (request.headers.get('If-None-Match') ?? '').split(',');
	return tags.some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
