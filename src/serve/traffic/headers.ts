/** What a caller may say of itself, and of who is to answer it. */

/** Who is asking: callers of one unit get one arm. */
export const unitHeader = 'x-benchwright-unit';
/** An arm's name, or a version. The second is Azure ML's: callers of its endpoints need not change. */
export const overrideHeaders = ['x-benchwright-version', 'azureml-model-deployment'];
