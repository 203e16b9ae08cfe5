// Shows /openapi. Whoever sees this page is signed in: requests that are tried out go with the session cookie.
SwaggerUIBundle({
  url: '/openapi',
  dom_id: '#interface',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  validatorUrl: null,
});
