using Galley.Delivery.Articles;
using Galley.Delivery.Changes;
using Galley.Delivery.Feeds;
using Galley.Delivery.Sections;
using Galley.Delivery.Tags;
using Galley.Http;
using Galley.Http.Cache;
using Galley.Http.OpenApi;
using Galley.Manage.ArticleList;
using Galley.Manage.Articles;
using Galley.Manage.Bulk;
using Galley.Manage.Export;
using Galley.Manage.Keys;
using Galley.Manage.Operations;
using Galley.Manage.Revisions;
using Galley.Manage.Sections;
using Galley.Manage.Tags;
using Galley.Pages;
using Galley.Preview;
using Galley.Telemetry;
using Galley.Tool;

namespace Galley;

/// <summary>The table of contents: what the server is made of, and in which order a request passes it.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => CommandLine.RunAsync(args);

    /// <summary>The whole application. Tests put another clock or other dice in <paramref name="replace"/>.</summary>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? replace = null)
    {
        var builder = Services.CreateBuilder(args);
        var options = builder.AddOptions();

        builder.AddLimits();
        builder.Services.AddStorage(options);
        builder.Services.AddPublishing(options);
        builder.Services.AddDelivery(options);
        builder.Services.AddManagement(options);
        builder.Services.AddOpenApiDocument();
        builder.AddTelemetry();
        replace?.Invoke(builder.Services);

        var app = builder.Build();

        app.UseMiddleware<AnonymousCache>();
        app.UseMiddleware<Edge>();
        app.UseRouting();
        app.UseMiddleware<ApiKeys>();
        app.UseMiddleware<Acceptance>();
        app.UseMiddleware<ChangeSeq>();
        app.UseMiddleware<KeyedCache>();
        app.UseMiddleware<ReadingGate>();
        app.UseDocumentationPages();

        var routes = app.MapGroup(string.Empty).WithStrictInput();
        routes.MapArticles();
        routes.MapFeeds();
        routes.MapChanges();
        routes.MapSections();
        routes.MapTags();
        routes.MapManagedArticles();
        routes.MapManagedArticleList();
        routes.MapBulk();
        routes.MapRevisions();
        routes.MapPreviewLinks();
        routes.MapManagedSections();
        routes.MapManagedTags();
        routes.MapKeys();
        routes.MapExport();
        routes.MapBackups();
        routes.MapHome();
        routes.MapProblemPages();
        routes.MapHealth();
        routes.MapPreviews();
        routes.MapOpenApiDocument();
        ((IEndpointRouteBuilder)app).RequireDeclaredAccess();

        return app;
    }
}
