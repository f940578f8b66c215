namespace Galley.Tests.Durability.Traffic;

/// <summary>Has backups made while others write, and knows of each which articles nobody wrote to meanwhile.</summary>
internal sealed class BackupTaker(Ledger ledger, Send send, string folder)
{
    private readonly List<(string File, IReadOnlyDictionary<string, Take> Quiet)> _made = [];

    public int Made { get; private set; }

    /// <summary>Makes them until the server is gone.</summary>
    public async Task TakeAsync()
    {
        try
        {
            while (true)
                await TakeOneAsync();
        }
        catch (HttpRequestException)
        {
            // Nobody was told of the last one.
        }
    }

    /// <summary>Each that was answered is there and whole, with what was acknowledged before; whatever has the name of a backup is whole. Then they are gone.</summary>
    public void Check()
    {
        foreach (var (file, quiet) in _made)
        {
            var stored = StoredTakes.Read(Path.Combine(folder, file));
            Assert.Empty(quiet.Where(story => !story.Value.IsKeptBy(stored.GetValueOrDefault(story.Key, Take.Absent))).Select(story => $"{file} lacks {story.Key}, {story.Value}"));
        }

        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.db") : [])
        {
            DatabaseInvariants.AssertHold(file);
            File.Delete(file);
        }

        Made += _made.Count;
        _made.Clear();
    }

    private async Task TakeOneAsync()
    {
        var before = ledger.At();
        var answer = await send(HttpMethod.Post, "/v1/manage/ops/backup", null);
        Assert.True(answer.IsSuccess, answer.Body.ToString());
        var after = ledger.At();
        var quiet = before.Where(story => story.Value.OnTheWay.Count == 0 && after[story.Key] is { OnTheWay.Count: 0 } now && now.Acknowledged == story.Value.Acknowledged);
        _made.Add((answer.Text("file"), quiet.ToDictionary(story => story.Key, story => story.Value.Acknowledged, StringComparer.Ordinal)));
        await Task.Delay(100);
    }
}
