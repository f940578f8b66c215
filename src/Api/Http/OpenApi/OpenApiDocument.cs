using Galley.Content;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace Galley.Http.OpenApi;

/// <summary>The OpenAPI document, made of the route table and the contracts; committed as <c>openapi/v1.json</c> and compared by test.</summary>
internal static class OpenApiDocument
{
    public const string Bearer = "bearer";
    public const string Basic = "basic";

    private const string Name = "v1";

    public static void AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc(Name, Info());
            // Relative: the committed document must not depend on where it is served.
            options.AddServer(new OpenApiServer { Url = "/", Description = "The server that gave this document." });
            // HEAD equals GET without the body; described again, every client would have each operation twice.
            options.DocInclusionPredicate((_, description) => description.HttpMethod != HttpMethods.Head);
            options.IncludeXmlComments(OpenApiComments.Load);
            options.CustomSchemaIds(OpenApiSchemas.NameOf);
            options.SupportNonNullableReferenceTypes();
            options.MapType<Instant>(() => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" });
            options.AddSecurityDefinition(Bearer, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key, as `Authorization: Bearer <key>`. What a key may do are its scopes." });
            options.AddSecurityDefinition(Basic, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "basic", Description = "For feed readers: any user name, an API key as password." });
            options.SchemaFilter<OpenApiSchemas>();
            options.OperationFilter<OpenApiOperations>();
            options.DocumentFilter<OpenApiInputs>();
            options.DocumentFilter<OpenApiMembers>();
            options.DocumentFilter<OpenApiPatches>();
            options.DocumentFilter<OpenApiParts>();
            options.DocumentFilter<OpenApiComponentsFilter>();
        });
        services.AddSingleton<ServedDocument>();
    }

    public static void MapOpenApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/openapi/v1.json", [HttpMethods.Get, HttpMethods.Head], ServeDocument).Public().ExcludeFromDescription();

    // Nobody who asks for an article should pass it, for it looks at every address twice, nor wait for it at the start.
    public static void UseDocumentationPages(this IApplicationBuilder app) => app.Use(next =>
    {
        var pages = new Lazy<RequestDelegate>(() => PagesBefore(next, app));
        return context => context.Request.Path.StartsWithSegments("/docs") ? pages.Value(context) : next(context);
    });

    public static string Write(IServiceProvider services)
    {
        var document = services.GetRequiredService<ISwaggerProvider>().GetSwagger(Name);
        using var text = new StringWriter { NewLine = "\n" };
        document.SerializeAsV31(new OpenApiJsonWriter(text));
        return text + "\n";
    }

    private static RequestDelegate PagesBefore(RequestDelegate next, IApplicationBuilder app)
    {
        var pages = app.New();
        pages.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "docs";
            options.DocumentTitle = "Galley API";
            options.SwaggerEndpoint("/openapi/v1.json", "Galley v1");
        });
        pages.Run(next);
        return pages.Build();
    }

    private static OpenApiInfo Info() => new()
    {
        Title = "Galley",
        Version = Name,
        Summary = "A headless CMS API for newsrooms.",
        Description = OpenApiTexts.Introduction,
        Contact = new OpenApiContact { Name = "The newsroom that runs this server", Url = new Uri("/", UriKind.Relative) },
        License = new OpenApiLicense { Name = "As agreed with the newsroom that runs this server", Url = new Uri("/", UriKind.Relative) },
    };

    private static IResult ServeDocument(ServedDocument document, HttpContext context)
    {
        Conventions.AllowAnyOrigin(context.Response.Headers);
        context.Response.Headers.CacheControl = "public, max-age=10";
        return Results.Content(document.Json, "application/json");
    }

    /// <summary>The document as text, written at the first request for it.</summary>
    internal sealed class ServedDocument(IServiceProvider services)
    {
        private readonly Lazy<string> _json = new(() => Write(services));

        public string Json => _json.Value;
    }
}
