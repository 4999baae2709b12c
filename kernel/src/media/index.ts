export { contentDisposition } from './disposition.ts'
export { findMediaType, HEAD_BYTES } from './find-media-type.ts'
export { DEFAULT_FILE_BYTES, MOST_FILE_BYTES } from './limits.ts'
export { ENDINGS, isAccepted, isShown, typeOfEnding } from './media-types.ts'
