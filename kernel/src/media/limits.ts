/** Most bytes of a file where its field says nothing else. */
export const DEFAULT_FILE_BYTES = 26_214_400

/** Most bytes a field may allow. */
export const MOST_FILE_BYTES = 1_073_741_824
