/** How long what has just appeared or moved takes no taps: one meant for what was there before must not land on it. */
export const SETTLING_MILLISECONDS = 600;
