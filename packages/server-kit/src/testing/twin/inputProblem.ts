import type * as z from 'zod/mini'

/** zod/mini speaks no language of its own; this says which part of an input is wrong, and how. */
export const inputProblem = (error: z.core.$ZodError): string =>
  error.issues
    .map(issue => {
      const where = issue.path.join('.') || 'input'
      if (issue.code === 'unrecognized_keys') return `${where}: unknown ${issue.keys.join(', ')}`
      if (issue.code === 'invalid_value') return `${where}: must be one of ${issue.values.join(', ')}`
      if (issue.code === 'invalid_type') return `${where}: must be of type ${issue.expected}`
      if (issue.code === 'too_small') return `${where}: must be at least ${issue.minimum}`
      return `${where}: ${issue.code}`
    })
    .join('; ')
