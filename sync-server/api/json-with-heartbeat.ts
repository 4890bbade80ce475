/**
 * An answer of JSON that is yet to come. Until then a newline every `heartbeat` milliseconds, which JSON
 * allows before a value (RFC 8259 section 2): proxies and clients see that the connection lives.
 * `onCancel` is called when the client goes away.
 */
export function jsonWithHeartbeat(body: Promise<unknown>, heartbeat: number, onCancel: () => void): Response {
	const encoder = new TextEncoder();
	const timers: NodeJS.Timeout[] = [];
	const stopBeating = () => timers.forEach((timer) => clearInterval(timer));
	const stream = new ReadableStream<Uint8Array>({
		start(controller) {
			const beat = () => controller.enqueue(encoder.encode('\n'));
			beat();
			timers.push(setInterval(beat, heartbeat));
			body
				.finally(stopBeating)
				.then((value) => {
					controller.enqueue(encoder.encode(JSON.stringify(value)));
					controller.close();
				})
				// After a cancel the stream takes nothing more; a failed body ends the connection.
				.catch((error: unknown) => controller.error(error));
		},
		cancel() {
			stopBeating();
			onCancel();
		}
	});
	return new Response(stream, {
		headers: { 'Content-Type': 'application/json' }
	});
}
