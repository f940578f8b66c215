using Galley.Content;
using Galley.Keys;

namespace Galley.Tests.Keys;

/// <summary>How an API key is written.</summary>
public sealed class KeyFormatTests
{
    private static readonly Randomness Dice = new();

    [Fact]
    public void A_key_says_what_it_is_and_which_one()
    {
        var (id, key) = KeyFormat.Make(Dice);

        Assert.Matches($"^gal_live_{id}_[0-9A-Za-z]{{38}}$", key);
        Assert.Equal(id, KeyFormat.IdOf(key));
    }

    [Fact]
    public void No_two_keys_are_alike()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => KeyFormat.Make(Dice).Key).ToList();

        Assert.Equal(keys.Count, keys.Distinct().Count());
    }

    [Fact]
    public void One_mistyped_character_anywhere_is_noticed()
    {
        var (_, key) = KeyFormat.Make(Dice);

        for (var i = 0; i < key.Length; i++)
            Assert.Null(KeyFormat.IdOf($"{key[..i]}{(key[i] == 'x' ? 'y' : 'x')}{key[(i + 1)..]}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("gal_live_")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456")]
    public void Any_other_text_is_no_key(string text) => Assert.Null(KeyFormat.IdOf(text));

    [Fact]
    public void A_key_with_something_around_it_is_none()
    {
        var (_, key) = KeyFormat.Make(Dice);

        Assert.Null(KeyFormat.IdOf(key + " "));
        Assert.Null(KeyFormat.IdOf(" " + key));
        Assert.Null(KeyFormat.IdOf(key.ToUpperInvariant()));
    }
}
