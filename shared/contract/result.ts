import { z } from 'zod'

/** Every way a call can be refused. The renderer and the command line turn a code into a sentence. */
export const errorCodeSchema = z.enum([
  'unknown-channel',
  /** The screen got no answer: the host stopped, or the way to it broke. */
  'host-unreachable',
  /** The window was not opened with the address of this start of the web host. */
  'no-token',
  'bad-input',
  'bad-output',
  'forbidden',
  /** The station is somebody else's, or by now is. */
  'not-assigned',
  /** Another SP of the station has begun the form. */
  'form-of-other-sp',
  'handed-over',
  'wrong-return-code',
  /** The window was not touched for a while, or locked on purpose. */
  'locked',
  'wrong-pin',
  /** Nobody gave this person a PIN yet. */
  'no-pin',
  'wrong-recovery-key',
  'director-exists',
  'last-director',
  'not-found',
  'unknown-exam',
  'unknown-candidate',
  'unknown-rubric',
  'duplicate-candidate-number',
  'exam-has-marks',
  'candidate-has-marks',
  'package-is-out',
  'station-is-out',
  /** A cue asks for a domain that the rubric of its station does not have. */
  'cue-domain-unknown',
  'person-has-marks',
  'too-many-stations',
  'too-many-candidates',
  'too-many-people',
  'exam-not-ready',
  'exam-closed',
  'exam-not-closed',
  /** Names are erased once the exam is over. */
  'names-in-use',
  /** Of whom the name was erased for good. */
  'name-erased',
  'rubric-in-use',
  'rubric-invalid',
  'identity-not-confirmed',
  /** What was marked was marked of a candidate whose confirmation no longer stands. */
  'confirmation-withdrawn',
  'encounter-closed',
  'encounter-not-open',
  /** Whose candidate is confirmed is not absent, and need not be: the confirmation can be taken back. */
  'encounter-begun',
  'encounter-has-marks',
  'value-outside-scale',
  'unknown-item',
  'items-missing',
  'global-rating-missing',
  'too-few-answers',
  /** Only what was submitted is corrected; before that whoever marks changes it. */
  'not-submitted',
  'same-value',
  'reason-missing',
  /** A standard that was to be decided on has no cut, or none of a station, or no SEM. */
  'standard-withheld',
  'second-person-same',
  /** Neither an examiner of the exam nor a director. */
  'second-person-unfit',
  /** Laptops say different things of the mark, and nobody has decided yet. */
  'conflict-undecided',
  'conflict-settled',
  /** Other values stand against each other by now than those that were seen. */
  'conflict-changed',
  /** A red flag is reviewed by somebody other than who raised it. */
  'reviewer-raised-flag',
  /** It is decided anew only with a second person's PIN. */
  'flag-reviewed',
  'clock-refused',
  'file-not-utf8',
  /** A NUL byte stands in it. */
  'file-not-text',
  'list-quote-open',
  'file-column-missing',
  'file-too-large',
  'file-too-many-rows',
  'file-empty',
  /** Gone, not allowed, or held by another program. */
  'file-unreadable',
  'file-not-a-workbook',
  'file-not-an-exam',
  'exam-file-invalid',
  'exam-file-newer',
  'preview-expired',
  /** Not sealed at all: some other file. */
  'file-not-sealed',
  /** Sealed with another code, or damaged on its way; of a bundle: for another key. */
  'seal-refused',
  'bundle-not-opened',
  /** It came in a package: its director decides about it where that was made. */
  'exam-from-elsewhere',
  'bundle-without-package',
  'package-own',
  'package-invalid',
  /** Not as it was signed, or not signed at all. */
  'package-altered',
  /** Signed by another installation than the exam's packages before, or with other bundles in mind. */
  'package-stranger',
  /** Signed by somebody else than was said. */
  'package-not-theirs',
  /** Nobody has said yet that who signed the exam's package is the director. */
  'package-uncompared',
  /** Made before the one that is here. */
  'package-older',
  /** Holds ids that stand for somebody or something else here. */
  'package-clashes',
  'package-rubric-differs',
  /** Of an exam that is not here yet, where a director decides what comes in. */
  'package-needs-director',
  /** Encounters that were begun here are not in it any more. */
  'package-outdated',
  'bundle-too-large',
  'bundle-too-large-here',
  'bundle-newer',
  'bundle-invalid',
  /** Of a laptop that the director has not named yet. */
  'bundle-stranger',
  'bundle-altered',
  'bundle-forked',
  'bundle-elsewhere',
  /** With corrections or reviews of a laptop that the exam does not belong to. */
  'bundle-not-entitled',
  'bundle-rubric-differs',
  /** Says of an encounter what the exam here has no place for. */
  'bundle-unfit',
  'job-not-found',
  'report-failed',
  'file-write-failed',
  'storage-full',
  'storage-read-only',
  'storage-locked',
  'storage-failed',
  'database-missing',
  'database-newer',
  'database-older',
  'database-corrupt',
  'database-not-attune',
  'folder-in-use',
  'port-in-use',
  'backup-failed',
  'backup-no-room',
  'backup-not-found',
  'backup-damaged',
  'backup-ledger-broken',
  /** No folder, or none that can be written to. */
  'folder-unusable',
  /** The second folder for backups is not there or cannot be written to. */
  'backup-folder-unusable',
  'nothing-to-undo',
  /** The data is encrypted, and nobody has given the passphrase since the start. */
  'data-locked',
  'wrong-passphrase',
  /** The recovery key of the data, not of a director. */
  'wrong-data-key',
  'key-file-missing',
  'key-file-damaged',
  /** The key file is that of another folder. */
  'key-file-other',
  /** Encrypted with a key that is not the folder's. */
  'backup-locked',
  /** The recovery key was not shown to this window. */
  'not-prepared',
  'already-protected',
  'not-protected',
  'cancelled',
  'internal',
])
export type ErrorCode = z.infer<typeof errorCodeSchema>

export type ErrorParams = Readonly<Record<string, string | number>>

export type Failure = { ok: false; code: ErrorCode; params: ErrorParams }
export type Result<T> = { ok: true; data: T } | Failure

/** A refusal on its way to the boundary, where the router turns it into a value. */
export class AttuneError extends Error {
  readonly code: ErrorCode
  readonly params: ErrorParams
  constructor(code: ErrorCode, params: ErrorParams = {}, options?: ErrorOptions) {
    super(code, options)
    this.name = 'AttuneError'
    this.code = code
    this.params = params
  }
}
