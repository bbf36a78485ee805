/** What lies beside a database in its data folder; none of them is made before it. */

/** Room for marks on a full disk. */
export const BALLAST_FILE = 'ballast'
/** When the app was last alive while a clock ran. */
export const HEARTBEAT_FILE = 'heartbeat.json'
/** The wrapped key of an encrypted folder. */
export const KEY_FILE = 'key.json'
