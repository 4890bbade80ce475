import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** `sent` goes from the device to the server, `answered` comes back. */
export type Direction = 'sent' | 'answered';

/** Sees every chunk before it is passed on. Returns false to lose it. */
export type Watch = (direction: Direction, chunk: Buffer) => boolean;

/**
 * A device's way to the server, which can be cut: a port of 127.0.0.1 that passes bytes on while
 * there is a network, and refuses and drops connections while there is none.
 */
export class Link {
	readonly #target: number;
	readonly #sockets = new Set<Socket>();
	#server: Server | undefined;
	#port = 0;
	#watch: Watch = () => true;

	constructor(targetPort: number) {
		this.#target = targetPort;
	}

	get url(): string {
		return `http://localhost:${this.#port}`;
	}

	watch(watch: Watch): void {
		this.#watch = watch;
	}

	async up(): Promise<void> {
		if (this.#server) return;
		const server = createServer((inner) => {
			const outer = connect(this.#target, '127.0.0.1');
			this.#pass(inner, outer, 'sent');
			this.#pass(outer, inner, 'answered');
		});
		server.listen(this.#port, '127.0.0.1');
		await once(server, 'listening');
		const address = server.address();
		if (typeof address !== 'object' || !address) throw new Error(`not a TCP address: ${address}`);
		this.#port = address.port;
		this.#server = server;
	}

	async cut(): Promise<void> {
		const server = this.#server;
		if (!server) return;
		this.#server = undefined;
		const closed = once(server, 'close');
		server.close();
		for (const socket of this.#sockets) socket.destroy();
		await closed;
	}

	#pass(from: Socket, to: Socket, direction: Direction): void {
		this.#sockets.add(from);
		from.on('data', (chunk: Buffer) => {
			if (this.#watch(direction, chunk)) to.write(chunk);
		});
		from.on('end', () => to.end());
		from.on('close', () => {
			this.#sockets.delete(from);
			to.destroy();
		});
		// A broken connection is what a cut link means; `close` follows and ends the other side.
		from.on('error', () => {});
	}
}
