/** Tolerances of the live rules, in milliseconds, each with its reason. */

/**
 * Two witnesses' clocks, and the time a client's list takes to follow Zoom's server. A panel that still lists somebody
 * this long after the leave a webhook told has not seen a return; nor does it see an earlier join.
 */
export const CLOCK_SKEW_MS = 5_000

/**
 * What belongs to one moment: the leave and the join the client announces for a mere change of role (the participant
 * uuid may change with it), a move between rooms, and the lag of one panel's list behind another's.
 */
export const SAME_MOMENT_MS = 2_000

/**
 * How long after the last word from inside a breakout room absence from the main list still means nothing: rooms
 * close with a countdown of up to two minutes, and people return one by one.
 */
export const BREAKOUT_RETURN_MS = 300_000
