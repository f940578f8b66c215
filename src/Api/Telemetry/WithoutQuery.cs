using System.Diagnostics;
using OpenTelemetry;

namespace Galley.Telemetry;

/// <summary>Takes out of spans what may be a secret: the query, and the path of a preview, whose last part opens it.</summary>
internal sealed class WithoutQuery : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        data.SetTag("url.query", null);
        data.SetTag("url.full", null);
        if (data.GetTagItem("url.path") is string path && path.Contains("/preview", StringComparison.OrdinalIgnoreCase))
            data.SetTag("url.path", null);
    }
}
