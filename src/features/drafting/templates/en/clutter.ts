import type { Template } from '../template.ts';

export const clutter: Template = {
	title: 'Convention on keeping the courtyard clear',
	preamble:
		'The courtyard belongs to all of us. With the passages clear we come and go easily, and get out in a fire or an emergency. So that it is roomy, safe and pleasant, our households agree on the following.',
	clauses: [
		{
			heading: 'Passages stay clear',
			text: 'Nothing is put into the gateway, passages, stairs or where the fire brigade must get through; a stretcher and a wheelchair must pass. The Fire Protection Law forbids everyone to occupy or block ways out.'
		},
		{
			heading: 'One’s things at home',
			text: 'Every household keeps its things indoors or in the place agreed, takes up no common ground and builds no new shed. What stands there now is cleared by its owner within thirty days.'
		},
		{
			heading: 'Nothing that burns easily',
			text: 'Cardboard, wood, old bedding, paint and gas bottles are not stacked in passages, under windows or near wires. Scrap kept for selling is sold within a week.'
		},
		{
			heading: 'Plants and washing',
			text: 'Flowerpots stand firmly, not on the outer sill or on a wall, and watering does not drip on those below. Washing hangs where agreed, with no line tied to wires or to others’ windows.'
		},
		{
			heading: 'Bicycles and electric bikes',
			text: 'They stand where marked and block no door. Electric bikes are not charged indoors, in passages or by a cable from a window, but at the charging point.'
		},
		{
			heading: 'A clean-up every month',
			text: 'On the last Saturday morning of the month one person of each household helps to clean. Bulky things are taken away the same day by a cart the community office arranges.'
		},
		{
			heading: 'Things nobody owns',
			text: 'Things whose owner is unknown get a note. If nobody has claimed them after seven days, the two households on duty clear them away and keep a photo.'
		}
	]
};
