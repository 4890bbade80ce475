/** CouchDB's answers: JSON. Its length is told, so that what is short is not compressed. */
export function jsonResponse(
	body: unknown,
	status = 200,
	headers: Readonly<Record<string, string>> = {}
): Response {
	const bytes = Buffer.from(JSON.stringify(body));
	return new Response(bytes, {
		status,
		headers: { 'Content-Type': 'application/json', 'Content-Length': `${bytes.length}`, ...headers }
	});
}
