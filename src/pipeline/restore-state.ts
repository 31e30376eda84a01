/** What the restore's main step saves for its post step: where the journal is, and nothing else. */
export const RESTORE_PLACE_STATE = 'restore-place';
export const RESTORE_JOURNAL_STATE = 'restore-journal';
