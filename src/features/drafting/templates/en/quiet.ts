import type { Template } from '../template.ts';

export const quiet: Template = {
	title: 'Convention on quiet hours',
	preamble:
		'Walls are thin and rooms close together: what one home does, several hear. So that those who work, study or are ill can rest, our households agree on the following.',
	clauses: [
		{
			heading: 'The quiet hours',
			text: 'Quiet hours here are from ten at night to six in the morning and from noon to two. The law on noise pollution calls the hours from ten to six night time.'
		},
		{
			heading: 'Turned down',
			text: 'In quiet hours television, music, phone speakers, games and talk are kept so low that with doors and windows closed others cannot make them out. Nobody shouts or telephones loudly in the yard.'
		},
		{
			heading: 'Building work and moving things',
			text: 'No drilling, hammering, sawing or moving of furniture in quiet hours, nor on Saturdays, Sundays and holidays. Whoever renovates puts up the times three days ahead and tells the neighbours on both sides.'
		},
		{
			heading: 'Singing, dancing, instruments',
			text: 'They have their time between eight in the morning and eight in the evening, two hours at most at once, and are turned down when someone finds them loud.'
		},
		{
			heading: 'Vehicles and machines',
			text: 'Nobody sounds a horn in the yard; motorcycles and tricycles are pushed. A noisy air conditioner or pump is repaired within a week.'
		},
		{
			heading: 'Exams and illness',
			text: 'Around the big school exams, or when someone is back from hospital or has a newborn, a word in the yard is enough and everyone is quieter still.'
		},
		{
			heading: 'Weddings and funerals',
			text: 'They are lively by nature. The households are told two days ahead; it ends by nine in the evening and without firecrackers.'
		}
	]
};
