import type { Tablet } from './cards-api.ts';
import type { Answer } from './office-server.ts';

/** What a courtyard's tablet asks the server. Rejects never: every outcome is an answer. */
export interface TabletServer {
	/** The courtyard's doors, and how to tell their codes without a network. */
	tablet(): Promise<Answer<Tablet>>;
}
