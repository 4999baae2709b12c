export { Files, type AttachedFile, type FilePurpose } from './files.ts'
export { FILES_KEPT_HOURS, sweepFiles } from './sweep-files.ts'
