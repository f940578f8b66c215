using System.Net;
using System.Net.Http.Headers;

namespace Galley.Tests.Contract;

/// <summary>How any operation's request comes to each status: the same turn for all.</summary>
internal static class Turns
{
    private const int LongestTarget = 8 * 1024;
    private const int LargestBody = 4 * 1024 * 1024;

    public static readonly IReadOnlyDictionary<int, Func<Stage, Call, Task<HttpResponseMessage>>> Usual = new Dictionary<int, Func<Stage, Call, Task<HttpResponseMessage>>>
    {
        [200] = (stage, call) => call.SendAsync(stage.Reader),
        [201] = (stage, call) => call.SendAsync(stage.Reader),
        [204] = (stage, call) => call.SendAsync(stage.Reader),
        [304] = KnownAlready,
        [400] = (stage, call) => call.Asking("nonsense=1").SendAsync(stage.Reader),
        [401] = (stage, call) => (call with { Key = "nobody's" }).SendAsync(stage.Reader),
        [403] = Powerless,
        [406] = (stage, call) => call.With("Accept", "text/plain").SendAsync(stage.Reader),
        [412] = (stage, call) => call.With("If-Match", "\"another\"").SendAsync(stage.Reader),
        [413] = (stage, call) => (call with { Content = TooLarge(call.MediaType) }).With("Expect", "100-continue").SendAsync(stage.Reader),
        [414] = (stage, call) => call.Asking(new string('x', LongestTarget)).SendAsync(stage.Reader),
        [415] = (stage, call) => (call with { Content = Compressed() }).SendAsync(stage.Reader),
        [422] = (stage, call) => (call with { Body = """{"nonsense": 1}""" }).SendAsync(stage.Reader),
        [428] = (stage, call) => call.Without("If-Match").SendAsync(stage.Reader),
        [500] = (stage, call) => (call with { Key = Stage.CrashKey }).SendAsync(stage.Reader),
        [503] = (stage, call) => (call with { Key = Stage.OutageKey }).SendAsync(stage.Reader),
        [507] = (stage, call) => (call with { Key = Stage.FullKey }).SendAsync(stage.Reader),
    };

    private static async Task<HttpResponseMessage> KnownAlready(Stage stage, Call call)
    {
        var known = await call.SendAsync(stage.Reader);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        return await call.With("If-None-Match", known.Headers.ETag!.ToString()).SendAsync(stage.Reader);
    }

    private static Task<HttpResponseMessage> Powerless(Stage stage, Call call) => call.Key is null
        ? (call with { Key = stage.ClosedToReaders.PowerlessKey }).SendAsync(stage.ClosedToReaders.Client)
        : (call with { Key = stage.PowerlessKey }).SendAsync(stage.Reader);

    private static ByteArrayContent TooLarge(string mediaType)
    {
        var content = new ByteArrayContent(new byte[LargestBody + 1]);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return content;
    }

    private static ByteArrayContent Compressed()
    {
        var content = new ByteArrayContent([]);
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
