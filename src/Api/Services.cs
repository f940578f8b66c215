using FluentValidation;
using Galley.Content;
using Galley.Delivery.Articles;
using Galley.Delivery.Changes;
using Galley.Delivery.Feeds;
using Galley.Delivery.Search;
using Galley.Delivery.Sections;
using Galley.Delivery.Tags;
using Galley.Http;
using Galley.Http.Cache;
using Galley.Keys;
using Galley.Manage.ArticleList;
using Galley.Manage.Articles;
using Galley.Manage.Bulk;
using Galley.Manage.Export;
using Galley.Manage.Keys;
using Galley.Manage.Operations;
using Galley.Manage.Revisions;
using Galley.Manage.Sections;
using Galley.Manage.Tags;
using Galley.Preview;
using Galley.Publishing;
using Galley.Publishing.Rebuilding;
using Galley.Publishing.Rendering;
using Galley.Publishing.Rerendering;
using Galley.Publishing.Searching;
using Galley.Storage;
using Galley.Storage.Sqlite;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging.Console;

namespace Galley;

/// <summary>Which classes the server is made of. All are singletons: none keeps anything of a request.</summary>
internal static class Services
{
    // Settings are read once. To hear of changes, the framework would watch every directory below the one it is started in: seconds in a large one.
    private const string ReadOnce = "--hostBuilder:reloadConfigOnChange=false";

    // They write whole addresses, the first also beside every other line of a request, and that of a preview is a secret; the last all that it cannot parse, keys included.
    private static readonly string[] TellingTooMuch =
    [
        "Microsoft.AspNetCore.Hosting.Diagnostics",
        "Microsoft.AspNetCore.Routing.Matching.DfaMatcher",
        "Microsoft.AspNetCore.StaticFiles.StaticFileMiddleware",
        "Microsoft.AspNetCore.Server.Kestrel.BadRequests",
    ];

    public static WebApplicationBuilder CreateBuilder(IEnumerable<string> settings) => WebApplication.CreateSlimBuilder([ReadOnce, .. settings]);

    public static GalleyOptions AddOptions(this WebApplicationBuilder builder)
    {
        // Under everything else, so that file, environment and command line each win.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["urls"] = "http://127.0.0.1:8080",
                ["Logging:LogLevel:Default"] = "Information",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
            },
        });
        // What a command prints on stdout is its answer, not its log.
        builder.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            // The slim host knows one form of its own, and does not ask the configuration.
            console.FormatterName = builder.Configuration["Logging:Console:FormatterName"] ?? console.FormatterName;
        });
        // Behind the configuration, so that none of its rules brings them back.
        foreach (var category in TellingTooMuch)
            builder.Logging.AddFilter(category, LogLevel.None);
        var options = GalleyOptions.Read(builder.Configuration);
        builder.Services.AddSingleton(options);
        return options;
    }

    public static void AddStorage(this IServiceCollection services, GalleyOptions options)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Randomness>();
        services.AddSingleton<Clock>();
        services.AddSingleton<Secrets>();
        services.AddSingleton<Database>(_ => new SqliteDatabase(options.Database));
        services.AddSingleton<SearchIndex>(new SqliteSearchIndex(Visible.Listing));
        services.AddSingleton(provider => new Due(provider.GetRequiredService<Settling>().SettleAsync, session => session.NextDueAsync()));
        services.AddSingleton<Generations>();
        services.AddSingleton<Commits>();
        services.AddSingleton<Writer>();
        // Before the writer: until its thread starts, the connection is theirs.
        services.AddHostedService(provider => provider.GetRequiredService<Secrets>());
        // The first to start and the last to stop: whatever else runs may still write.
        services.AddHostedService(provider => provider.GetRequiredService<Writer>());
    }

    public static void AddPublishing(this IServiceCollection services, GalleyOptions options)
    {
        services.AddSingleton(new SiteOptions(options.DefaultLanguage, options.ArticleUrl, options.SiteName));
        services.AddSingleton<Renderer>();
        services.AddSingleton<EditionMaker>();
        services.AddSingleton<Appearance>();
        services.AddSingleton<Publisher>();
        services.AddSingleton<Corrector>();
        services.AddSingleton<PreviewTokens>();
        services.AddSingleton<Settling>();
        services.AddSingleton<Announcements>();
        services.AddSingleton(RerenderOptions.Default);
        services.AddSingleton<Rerender>();
        services.AddSingleton<ArticleRebuilder>();
        services.AddSingleton<Rebuild>();
        services.AddHostedService<TransitionWorker>();
        services.AddHostedService<RerenderWorker>();
        services.AddSingleton<SearchKeeper>();
        services.AddHostedService<SearchWorker>();
        services.AddSingleton(RetentionOptions.Default);
        services.AddSingleton<ChangeRetention>();
        services.AddHostedService<ChangeRetentionWorker>();
        services.AddHostedService<ReplyRetention>();
        services.AddSingleton(new AuditOptions(TimeSpan.FromDays(options.AuditDays)));
        services.AddHostedService<AuditRetention>();
    }

    public static void AddDelivery(this IServiceCollection services, GalleyOptions options)
    {
        services.ConfigureHttpJsonOptions(json => ContentJson.Configure(json.SerializerOptions));
        services.AddSingleton(new ReadingOptions(options.AnonymousRead));
        services.AddSingleton(new PublicUrl(options.PublicUrl));
        services.AddSingleton(CacheOptions.OfMegabytes(options.CacheMegabytes));
        services.AddSingleton(GateOptions.Default);
        services.AddSingleton<ReadingTurns>();
        services.AddSingleton<ResponseCache>();
        services.AddSingleton<CursorSeal>();
        services.AddSingleton<ListLinks>();
        services.AddSingleton<MatcherPolicy, EmptyRest>();
        services.AddSingleton<Slots>();
        services.AddSingleton<BodyFormats>();
        services.AddSingleton<Delivery.Articles.ArticleReader>();
        services.AddSingleton<ArticleUrlReader>();
        services.AddSingleton(WalkBudget.Default);
        services.AddSingleton<SearchReader>();
        services.AddSingleton<UpdatedReader>();
        services.AddSingleton<ChosenReader>();
        services.AddSingleton<FoundReader>();
        services.AddSingleton<WalkedReader>();
        services.AddSingleton<TotalReader>();
        services.AddSingleton<ListAssembler>();
        services.AddSingleton<ArticleListReader>();
        services.AddSingleton<RelatedReader>();
        services.AddSingleton<FeedMaker>();
        services.AddSingleton<NumberSeal>();
        services.AddSingleton<ChangeReader>();
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<DepartureReader>();
        services.AddSingleton<SectionReader>();
        services.AddSingleton<TagReader>();
        services.AddSingleton<PreviewReader>();
    }

    public static void AddManagement(this IServiceCollection services, GalleyOptions options)
    {
        services.AddSingleton(new KeyOptions(options.AdminKey));
        services.AddSingleton<KeyReader>();
        services.AddSingleton<KeyWriter>();
        services.AddSingleton<KeyListReader>();
        services.AddSingleton<KeyChange>();
        services.AddSingleton<FindCaller>(provider => provider.GetRequiredService<KeyReader>().FindAsync);
        services.AddHostedService<FirstKey>();

        services.AddSingleton<ArticleWriter>();
        services.AddSingleton<Manage.Articles.ArticleReader>();
        services.AddSingleton(ManagedListBudget.Default);
        services.AddSingleton<ManagedArticleListReader>();
        services.AddSingleton<MayStillSee>(provider => provider.GetRequiredService<ManagedSight>().MayStillSeeAsync);
        services.AddSingleton<ManagedSight>();
        services.AddSingleton<Replies>();
        services.AddSingleton<Push>();
        services.AddSingleton<Patch>();
        services.AddSingleton<Workflow>();
        services.AddSingleton<BulkLines>();
        services.AddSingleton(new BulkOptions(Path.GetDirectoryName(Path.GetFullPath(options.Database))!));
        services.AddSingleton<BulkTurns>();
        services.AddSingleton<ExportReader>();
        services.AddSingleton<ExportTaxonomy>();
        services.AddSingleton(BackupFolder.Beside(options.Database));
        services.AddSingleton<Backups>();
        services.AddSingleton<RevisionReader>();
        services.AddSingleton<Restorer>();
        services.AddSingleton<PreviewLinkWriter>();
        services.AddSingleton(typeof(IValidator<>), typeof(PlainContractValidator<>));
        services.AddSingleton<IValidator<ArticleInput>, ArticleValidator>();
        services.AddSingleton<IValidator<BulkLine>, BulkLineValidator>();
        services.AddSingleton<IValidator<UnpublishInput>, UnpublishValidator<UnpublishInput>>();
        services.AddSingleton<IValidator<UnpublishOwnInput>, UnpublishValidator<UnpublishOwnInput>>();
        services.AddSingleton<IValidator<TakedownInput>, TakedownValidator<TakedownInput>>();
        services.AddSingleton<IValidator<TakedownOwnInput>, TakedownValidator<TakedownOwnInput>>();
        services.AddSingleton<IValidator<CorrectionInput>, CorrectionValidator>();
        services.AddSingleton<IValidator<KeyInput>, KeyValidator>();

        services.AddSingleton<ManagedSectionReader>();
        services.AddSingleton<SectionWriter>();
        services.AddSingleton<SectionMover>();
        services.AddSingleton<IValidator<ManagedSectionInput>, SectionValidator>();
        services.AddSingleton<IValidator<SectionMoveInput>, SectionMoveValidator>();
        services.AddSingleton<ManagedTagReader>();
        services.AddSingleton<TagWriter>();
        services.AddSingleton<TagMerger>();
        services.AddSingleton<IValidator<ManagedTagInput>, TagValidator>();
        services.AddSingleton<IValidator<TagMergeInput>, TagMergeValidator>();
    }
}
