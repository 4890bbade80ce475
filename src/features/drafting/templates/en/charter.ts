import type { Template } from '../template.ts';

export const charter: Template = {
	title: 'Charter of the courtyard council',
	preamble:
		'What concerns the courtyard is decided by talking it over. So that there is order in the talk, a result at its end and an answer afterwards, our households agree on this charter.',
	clauses: [
		{
			heading: 'Three levels',
			text: 'Matters of the courtyard are talked over in its council. What one courtyard cannot solve goes to the community’s council; what the community cannot solve it takes to the subdistrict’s, together with the departments concerned.'
		},
		{
			heading: 'Who takes part',
			text: 'Every household has one vote, given by one of its adults; tenants may take part. Whoever a matter concerns is invited. Grid worker, community office, property management and organisations may sit in and speak, without a vote.'
		},
		{
			heading: 'Chair and recorder',
			text: 'The households choose a chair and a recorder for a year; they may be chosen again. The chair leads the meeting and cuts nobody short; when it is about the chair’s own household, another leads.'
		},
		{
			heading: 'Calling a meeting',
			text: 'There is at least one meeting a quarter. When three households ask for one, or the community office does, the chair calls it within seven days. Time, place and topics are posted three days ahead and told to each household.'
		},
		{
			heading: 'Quorum',
			text: 'What is decided counts when more than half of the households are there. Whoever cannot come may send written words with someone, or ask the grid worker to hear them at home.'
		},
		{
			heading: 'How we talk',
			text: 'One person at a time and one thing at a time; no interrupting, no old scores, no hurtful words. Everyone has spoken once before anyone speaks twice.'
		},
		{
			heading: 'How we decide',
			text: 'First we look for what all can accept. Failing that each household has one vote, and two thirds of the households present carry it. A courtyard convention is changed by the rule it states itself.'
		},
		{
			heading: 'Minutes',
			text: 'The recorder writes down at the meeting who was there, what was discussed, which opinions there were, what was decided, who does it and by when. They are posted within three days and can be corrected for seven.'
		},
		{
			heading: 'Follow-up',
			text: 'Everything decided has someone who does it and a day. The next meeting begins with how far it is; what was not done is explained and settled anew. When it is done, the households say how well.'
		}
	]
};
