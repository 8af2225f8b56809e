// Imports that the build turns into addresses (build.mjs).
declare module "url:*" {
  const address: string;
  export default address;
}
declare module "made:*" {
  const address: string;
  export default address;
}
