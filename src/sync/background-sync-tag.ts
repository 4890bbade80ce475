/** The name under which the service worker is woken when there is a network again. */
export const backgroundSyncTag = 'zhonggeng';
