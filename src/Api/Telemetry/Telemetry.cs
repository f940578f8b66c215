using Galley.Storage;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Galley.Telemetry;

/// <summary>Sends metrics and traces to a collector over OTLP, configured by the names that OpenTelemetry gives its settings.</summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // The framework's own: requests and their times, connections, threads, memory.
    private static readonly string[] Meters = [WriterMeasures.Source, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    /// <summary>Nothing is measured, and nothing sent, where no collector is named.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[Endpoint] is not { Length: > 0 })
            return;

        builder.Services.AddHostedService<ServerMeasures>();
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Configuration["OTEL_SERVICE_NAME"] ?? "galley", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString()))
            .WithMetrics(metrics => metrics.AddMeter(Meters))
            .WithTracing(traces => traces.AddAspNetCoreInstrumentation().AddSource(WriterMeasures.Source))
            .UseOtlpExporter();
    }
}
