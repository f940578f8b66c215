using System.Reflection;
using Galley.Content;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace Galley.Http;

/// <summary>The OpenAPI document, made of the route table and the contracts; committed as <c>openapi/v1.json</c> and compared by test.</summary>
internal static class OpenApiDocument
{
    public const string Bearer = "bearer";
    public const string Basic = "basic";

    private const string Name = "v1";

    private const string Description = """
        Galley holds a newsroom's stories: scripts push them in, apps, partner sites and front ends read them.

        `/v1/…` is delivery: it answers what is visible now, never a draft. `/v1/manage/…` is the newsroom's side and always needs a key.
        Instants are RFC 3339 in UTC with `Z`. Optional properties without a value are absent. Readers ignore members they do not know and take unknown enum values as text.
        Every GET of delivery has a strong `ETag`; send it back in `If-None-Match`. Errors are RFC 9457 problem documents: programs switch on `code`.
        """;

    public static void AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc(Name, new OpenApiInfo { Title = "Galley", Version = Name, Description = Description });
            options.IncludeXmlComments(Path.Combine(AppContext.BaseDirectory, $"{Assembly.GetExecutingAssembly().GetName().Name}.xml"));
            options.CustomSchemaIds(OpenApiSchemas.NameOf);
            options.SupportNonNullableReferenceTypes();
            options.MapType<Instant>(() => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" });
            options.AddSecurityDefinition(Bearer, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key." });
            options.AddSecurityDefinition(Basic, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "basic", Description = "For feed readers: any user name, an API key as password." });
            options.SchemaFilter<OpenApiSchemas>();
            options.OperationFilter<OpenApiOperations>();
            options.DocumentFilter<OpenApiInputs>();
        });
        services.AddSingleton<ServedDocument>();
    }

    public static void MapOpenApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/openapi/v1.json", [HttpMethods.Get, HttpMethods.Head], ServeDocument).Public().ExcludeFromDescription();

    public static void UseDocumentationPages(this WebApplication app) => app.UseSwaggerUI(options =>
    {
        options.RoutePrefix = "docs";
        options.DocumentTitle = "Galley API";
        options.SwaggerEndpoint("/openapi/v1.json", "Galley v1");
    });

    public static string Write(IServiceProvider services)
    {
        var document = services.GetRequiredService<ISwaggerProvider>().GetSwagger(Name);
        using var text = new StringWriter { NewLine = "\n" };
        document.SerializeAsV31(new OpenApiJsonWriter(text));
        return text + "\n";
    }

    private static IResult ServeDocument(ServedDocument document, HttpContext context)
    {
        Conventions.AllowAnyOrigin(context.Response.Headers);
        context.Response.Headers.CacheControl = "public, max-age=10";
        return Results.Content(document.Json, "application/json");
    }

    /// <summary>The document as text, written at the first request for it.</summary>
    private sealed class ServedDocument(IServiceProvider services)
    {
        private readonly Lazy<string> _json = new(() => Write(services));

        public string Json => _json.Value;
    }
}
