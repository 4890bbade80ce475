/** CouchDB's answers: JSON, never cached without asking. */
export function jsonResponse(
	body: unknown,
	status = 200,
	headers: Readonly<Record<string, string>> = {}
): Response {
	return new Response(JSON.stringify(body), {
		status,
		headers: { 'Content-Type': 'application/json', 'Cache-Control': 'must-revalidate', ...headers }
	});
}
