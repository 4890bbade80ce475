/** Documents of one piece: what is in memory of an answer at a time, whatever it holds in all. */
export const pieceSize = 500;

/**
 * An answer of JSON that is written out as it is made: the next piece is made when the client has taken the ones
 * before. What fails on the way ends the connection, and what came until then is no JSON.
 */
export function streamedJson(pieces: AsyncGenerator<string>): Response {
	const encoder = new TextEncoder();
	const stream = new ReadableStream<Uint8Array>({
		async pull(controller) {
			const piece = await pieces.next();
			if (piece.done) controller.close();
			else controller.enqueue(encoder.encode(piece.value));
		},
		async cancel() {
			await pieces.return(undefined);
		}
	});
	return new Response(stream, { headers: { 'Content-Type': 'application/json' } });
}

/** Values one to a line, as CouchDB writes them; `first`: nothing was written before them. */
export function listed(values: readonly unknown[], first: boolean): string {
	const lines = values.map((value) => JSON.stringify(value)).join(',\n');
	return first || lines === '' ? lines : `,\n${lines}`;
}
