import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A device's way to the server, which can be cut: a port of 127.0.0.1 that passes bytes on while
 * there is a network, and refuses and drops connections while there is none.
 */
export class Link {
	readonly #target: number;
	readonly #sockets = new Set<Socket>();
	#server: Server | undefined;
	#port = 0;

	constructor(targetPort: number) {
		this.#target = targetPort;
	}

	get url(): string {
		return `http://localhost:${this.#port}`;
	}

	async up(): Promise<void> {
		if (this.#server) return;
		const server = createServer((inner) => this.#pass(inner));
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

	#pass(inner: Socket): void {
		const outer = connect(this.#target, '127.0.0.1');
		this.#hold(inner, outer);
		this.#hold(outer, inner);
		inner.pipe(outer).pipe(inner);
	}

	#hold(socket: Socket, other: Socket): void {
		this.#sockets.add(socket);
		socket.on('close', () => {
			this.#sockets.delete(socket);
			other.destroy();
		});
		// A broken connection is what a cut link means; `close` follows and ends the other side.
		socket.on('error', () => {});
	}
}
