import type { ConventionType } from '#kinds/convention.ts';
import type { Ballot, InForce, Posting, StageName } from '#kinds/convention-stage.ts';
import type { Clause } from '#kinds/clause.ts';
import type { Day } from '#kinds/day.ts';
import { atLeast, votesGiven, type PassRule, type VoteCount } from '#kinds/pass-rule.ts';
import type { Hash } from '#records/hash.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { levelOf, parentScope, type Scope } from '#records/scope.ts';
import { checkCode } from './check-code.ts';
import { inForceIn } from './convention-in-force.ts';
import { revisionText, type ClauseVersion, type ConventionState } from './convention-state.ts';
import { signersOf, type PaperSigner } from './paper-signers.ts';
import { householdAt, householdLabel, placeName } from './places.ts';

/** `coming`: the version being made, voted on or posted. `in-force`: the one that binds. */
export type PaperText = 'coming' | 'in-force';

/** What a paper must say of itself in so many words, so that nobody takes a draft for what binds. */
export type PaperStanding =
	| { readonly type: 'draft'; readonly stage: StageName | 'doubtful' }
	| { readonly type: 'ballot'; readonly opens: Day; readonly closes: Day }
	| { readonly type: 'posted'; readonly posting: Posting }
	| { readonly type: 'in-force'; readonly since: Day; readonly posting: Posting };

export interface PaperClause {
	readonly heading?: string;
	readonly text: string;
	/** Whose suggestions are in it: by their doors, or how many where not all doors are known on this device. */
	readonly credits?: readonly string[] | number;
}

export type PaperLine =
	| { readonly type: 'clause'; readonly number: number; readonly clause: PaperClause }
	/** Two people's words between which nobody has chosen yet. `undefined`: taken out. */
	| {
			readonly type: 'doubt';
			readonly number: number;
			readonly versions: readonly (PaperClause | undefined)[];
	  };

export interface PaperVote {
	readonly voters: number;
	/** How many must vote at least. */
	readonly turnout: number;
	/** `agreement`: how many must agree at least, of those given. */
	readonly result?: VoteCount & {
		readonly day: Day;
		readonly given: number;
		readonly agreement: number;
		readonly passed: boolean;
	};
}

/** What is on the paper of a convention: the same for a print and for a Word file. */
export interface ConventionPaper {
	readonly standing: PaperStanding;
	readonly version: number;
	readonly type: ConventionType;
	/** Absent: two people's titles, between which nobody has chosen yet. */
	readonly title?: string;
	/** Names from the outermost place inwards. */
	readonly place: readonly string[];
	/** The courtyards it is for, where it is not for all of its place. */
	readonly courtyards: readonly string[];
	readonly preamble?: string;
	readonly lines: readonly PaperLine[];
	readonly rule?: PassRule;
	readonly vote?: PaperVote;
	/** The beginning of the hash of the text, to compare two papers by: `9f2c 01ab 77de`. */
	readonly check?: string;
	readonly signers: readonly PaperSigner[];
	/** What each household voted, or boxes to tick, stand beside its door: not to be put up. */
	readonly choices: boolean;
}

export interface PaperWish {
	readonly text: PaperText;
	/** Whether the device holds the doors of all who sign, and their votes: a resident's does not. */
	readonly signers: boolean;
	/** Whether what each voted is on it, too: neighbours are not to see it. */
	readonly choices?: boolean;
}

/** The texts of a convention that there are, the one most asked for first: where the step is in doubt what binds. */
export function paperTexts(state: Pick<ConventionState, 'read' | 'doubts'>): readonly PaperText[] {
	const { stage } = state.read;
	if (!stage) return inForceIn(state) ? ['in-force', 'coming'] : ['coming'];
	if (stage.name === 'in-force' || stage.name === 'reviewing') return ['in-force'];
	return stage.inForce ? ['coming', 'in-force'] : ['coming'];
}

/** Undefined while this device does not hold the revision whose text was frozen, or no such text is there. */
export function conventionPaper(
	records: RevisionSet,
	state: ConventionState,
	wish: PaperWish
): ConventionPaper | undefined {
	if (!paperTexts(state).includes(wish.text)) return undefined;
	const inForce = inForceIn(state);
	const chosen = wish.text === 'in-force' && inForce ? bindingText(inForce) : comingText(state);
	const read = chosen.ballot ? revisionText(records, state.entity, chosen.ballot.text) : state.read;
	if (!read) return undefined;
	const choices = wish.choices === true && chosen.ballot !== undefined;
	const { rule, check } = {
		rule: chosen.ballot?.rule ?? read.rule,
		check: chosen.ballot?.text ?? onlyHead(state)
	};
	return {
		standing: chosen.standing,
		version: chosen.version,
		type: read.type ?? 'convention',
		...(read.title !== undefined && { title: read.title }),
		place: namesTo(records, state.scope),
		courtyards: (read.courtyards ?? []).map((courtyard) => placeName(records, courtyard)),
		...(read.preamble !== undefined && { preamble: read.preamble }),
		lines: chosen.ballot ? clauseLines(records, read.clauses) : stateLines(records, state),
		...(rule && { rule }),
		...(chosen.ballot && { vote: paperVote(chosen.ballot) }),
		...(check !== undefined && { check: checkCode(check) }),
		signers: wish.signers ? signersOf(records, state, read, { ballot: chosen.ballot, choices }) : [],
		choices
	};
}

interface ChosenText {
	readonly standing: PaperStanding;
	readonly version: number;
	/** On which the text was frozen; without it the text is the one being written. */
	readonly ballot?: Ballot;
}

function bindingText({ version, since, ballot, posting }: InForce): ChosenText {
	return { standing: { type: 'in-force', since, posting }, version, ballot };
}

function comingText(state: ConventionState): ChosenText {
	const { stage } = state.read;
	const version = (inForceIn(state)?.version ?? 0) + 1;
	if (stage?.name === 'voting') {
		const { opens, closes } = stage.ballot;
		return { standing: { type: 'ballot', opens, closes }, version, ballot: stage.ballot };
	}
	if (stage?.name === 'posted')
		return { standing: { type: 'posted', posting: stage.posting }, version, ballot: stage.ballot };
	return { standing: { type: 'draft', stage: stage?.name ?? 'doubtful' }, version };
}

function paperVote({ voters, rule, result }: Ballot): PaperVote {
	const turnout = atLeast(rule.turnout, voters.length);
	if (!result) return { voters: voters.length, turnout };
	const { day, agree, disagree, abstain, passed } = result;
	const given = votesGiven(result);
	return {
		voters: voters.length,
		turnout,
		result: { day, agree, disagree, abstain, given, agreement: atLeast(rule.agree, given), passed }
	};
}

function clauseLines(records: RevisionSet, clauses: readonly Clause[]): readonly PaperLine[] {
	return clauses.map((clause, index) => ({
		type: 'clause',
		number: index + 1,
		clause: paperClause(records, clause)
	}));
}

function stateLines(records: RevisionSet, { lines }: ConventionState): readonly PaperLine[] {
	return lines.map((line, index) => {
		const number = index + 1;
		if (line.type === 'clause') return { type: 'clause', number, clause: paperClause(records, line.clause) };
		const versions = line.versions.map(({ clause }: ClauseVersion) => clause && paperClause(records, clause));
		return { type: 'doubt', number, versions };
	});
}

function paperClause(records: RevisionSet, { heading, text, credits = [] }: Clause): PaperClause {
	const doors = credits.flatMap((scope) => {
		const household = householdAt(records, scope);
		return household ? [householdLabel(household)] : [];
	});
	return {
		...(heading !== undefined && { heading }),
		text,
		...(credits.length > 0 && { credits: doors.length === credits.length ? doors : credits.length })
	};
}

/** Nameless places are left out: a path is no name. */
function namesTo(records: RevisionSet, scope: Scope): readonly string[] {
	const parent = parentScope(scope);
	const name = placeName(records, scope);
	const around = parent ? namesTo(records, parent) : [];
	return name === scope && levelOf(scope) !== 'courtyard' ? around : [...around, name];
}

function onlyHead({ heads }: ConventionState): Hash | undefined {
	return heads.length === 1 ? heads[0] : undefined;
}
