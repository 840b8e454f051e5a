/** Whether the disk failed, and not the file that was read: full, gone, not allowed. */
export const isDiskFault = (error: unknown): boolean => error instanceof Error && 'syscall' in error
