// Rendered in the browser alone, from what this device holds: the server sends the same shell for every route.
export const ssr = false;
export const prerender = false;
