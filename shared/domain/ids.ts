import { z } from 'zod'

/** Ids are opaque, URL-safe and made by whoever creates the thing, so that a repeated write is the same write. */
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/)

export const examIdSchema = id.brand<'ExamId'>()
export const stationIdSchema = id.brand<'StationId'>()
export const candidateIdSchema = id.brand<'CandidateId'>()
export const personIdSchema = id.brand<'PersonId'>()
export const encounterIdSchema = id.brand<'EncounterId'>()
export const rubricIdSchema = id.brand<'RubricId'>()
export const domainIdSchema = id.brand<'DomainId'>()
export const itemIdSchema = id.brand<'ItemId'>()
export const momentIdSchema = id.brand<'MomentId'>()
export const eventIdSchema = id.brand<'EventId'>()
export const jobIdSchema = id.brand<'JobId'>()
export const fileIdSchema = id.brand<'FileId'>()

export type ExamId = z.infer<typeof examIdSchema>
export type StationId = z.infer<typeof stationIdSchema>
export type CandidateId = z.infer<typeof candidateIdSchema>
export type PersonId = z.infer<typeof personIdSchema>
export type EncounterId = z.infer<typeof encounterIdSchema>
export type RubricId = z.infer<typeof rubricIdSchema>
export type DomainId = z.infer<typeof domainIdSchema>
export type ItemId = z.infer<typeof itemIdSchema>
export type MomentId = z.infer<typeof momentIdSchema>
export type EventId = z.infer<typeof eventIdSchema>
export type JobId = z.infer<typeof jobIdSchema>
export type FileId = z.infer<typeof fileIdSchema>
