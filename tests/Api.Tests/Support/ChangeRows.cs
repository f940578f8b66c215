using Galley.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Support;

/// <summary>What readers are told of an article, as it stands in the log.</summary>
public static class ChangeRows
{
    /// <summary>The kinds of an article's changes, in order.</summary>
    public static async Task<IReadOnlyList<string>> ChangesAsync(this Newsroom newsroom, string id)
    {
        using var session = await newsroom.Services.GetRequiredService<Database>().ReadAsync(CancellationToken.None);
        return await session.ListAsync<string>("select kind from change where public_id = @id order by seq", new { id });
    }
}
