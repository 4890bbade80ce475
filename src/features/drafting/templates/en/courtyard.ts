import type { Template } from '../template.ts';

export const courtyard: Template = {
	title: 'Courtyard convention',
	preamble:
		'We live in one courtyard and meet every day. So that it stays clean, safe and friendly, our households have talked it over and agree on this convention, keep to it, and look after each other.',
	clauses: [
		{
			heading: 'On good terms',
			text: 'We greet each other, say things face to face and not behind backs. Where someone old lives alone, the neighbours look in every day.'
		},
		{
			heading: 'Sorting waste',
			text: 'Food waste, recyclables, hazardous waste and other waste are put out apart, into the bins and not on the ground.'
		},
		{
			heading: 'Passages clear',
			text: 'Nothing is stored or parked in the gateway and passages. One’s things stay in one’s home; common ground is for all.'
		},
		{
			heading: 'Fire and electricity',
			text: 'Stove and power are off when we go out. No makeshift wiring, no electric bikes charged indoors. The fire extinguisher has its place, and everyone knows how to use it.'
		},
		{
			heading: 'Shared water, power and fittings',
			text: 'Shared taps and lights are turned off after use. The cost is split by household and posted every quarter. Whoever first sees damage reports it.'
		},
		{
			heading: 'Rest',
			text: 'From ten at night to six in the morning it is quiet. Building work is announced ahead.'
		},
		{
			heading: 'Pets and plants',
			text: 'Dogs are registered, vaccinated, on a leash outdoors and cleaned up after. Flowerpots stand firmly, and watering does not drip on others.'
		},
		{
			heading: 'Caring for the old courtyard',
			text: 'Gate, screen wall, old trees, bricks and tiles are its roots: no carving, no scribbling, no rebuilding on one’s own, no new sheds.'
		},
		{
			heading: 'Larger things together',
			text: 'What concerns the whole courtyard is talked over by the households in the courtyard council. What is agreed we do together, and then see how well it was done.'
		}
	]
};
