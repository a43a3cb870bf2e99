/** The answer to a request, without its body where the head alone was asked for. */
export const asAsked = ({ method }: Request, answer: Response): Response => (method === 'HEAD' ? new Response(null, answer) : answer);
